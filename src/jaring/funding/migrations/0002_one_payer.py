"""One person-month has at most one payer, also under concurrent writers."""

from django.db import migrations

# Person and months make one range of whole numbers, 4,096 to a person, so that the range type's own
# operators serve and no extension is needed. Months count from January 1900.
FORWARD = """
ALTER TABLE funding_award ADD CONSTRAINT funding_award_one_payer EXCLUDE USING spgist (
  int8range(
    person_id * 4096 + (extract(year FROM month_from)::int * 12 + extract(month FROM month_from)::int - 22801),
    person_id * 4096 + (extract(year FROM month_to)::int * 12 + extract(month FROM month_to)::int - 22801),
    '[]') WITH &&
) WHERE (state = 'active');
CREATE FUNCTION funding_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of budgets is append-only (%)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER funding_change_fixed BEFORE UPDATE OR DELETE ON funding_change
  FOR EACH ROW EXECUTE FUNCTION funding_change_refuse();
"""
BACKWARD = """
DROP FUNCTION funding_change_refuse() CASCADE;
ALTER TABLE funding_award DROP CONSTRAINT funding_award_one_payer;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
