"""What no program may break: balance at every commit, and nothing once posted ever changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  this bigint;
  wanted record;
  found record;
BEGIN
  IF TG_TABLE_NAME = 'ledger_entry' THEN this := NEW.id; ELSE this := NEW.entry_id; END IF;
  SELECT lines, debit_idr, key INTO wanted FROM ledger_entry WHERE id = this;
  SELECT count(*) AS lines, coalesce(sum(amount_idr), 0) AS total,
         coalesce(sum(amount_idr) FILTER (WHERE amount_idr > 0), 0) AS debit_idr
    INTO found FROM ledger_posting WHERE entry_id = this;
  IF found.total <> 0 OR found.lines < 2 OR found.lines <> wanted.lines OR found.debit_idr <> wanted.debit_idr THEN
    RAISE EXCEPTION 'ledger entry % is not balanced and whole: % lines of %, total %, debit % of %',
      wanted.key, found.lines, wanted.lines, found.total, found.debit_idr, wanted.debit_idr
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_posting_fixed BEFORE UPDATE OR DELETE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_fixed BEFORE UPDATE OR DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_whole BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_posting_whole BEFORE TRUNCATE ON ledger_posting
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_whole BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
BACKWARD = "DROP FUNCTION ledger_balanced() CASCADE; DROP FUNCTION ledger_refuse() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
