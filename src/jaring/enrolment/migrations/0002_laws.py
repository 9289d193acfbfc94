"""What no program may break: the steps of a person-month, its papers, and that a paid month stays paid.

The checks look at all rows of a statement at once, by the transition tables: foreign keys checked
row by row made a decree of 540,000 months three times as slow (9.6 s against 3.2 s). Nested loops are off in
them: a plan is made at the first call, perhaps for one row, and kept for a statement of 60,000.
"""

from django.db import migrations

STEPS = """
candidate eligible|candidate refused|eligible funded|eligible waiting|waiting funded|funded decreed|
funded stopped|decreed enrolled|decreed rejected|decreed stopped|rejected decreed|rejected replaced|
enrolled billed|enrolled stopped|billed enrolled|billed paid|billed unpaid|billed stopped|
unpaid enrolled|unpaid paid|unpaid lapsed|unpaid stopped|lapsed unpaid|lapsed stopped|
paid stopped|stopped replaced
"""
_ROWS = ", ".join("('{}', '{}')".format(*step.split()) for step in STEPS.split("|"))

FORWARD = """
CREATE TABLE enrolment_transition (
  old varchar(9) NOT NULL, new varchar(9) NOT NULL, PRIMARY KEY (old, new));

CREATE FUNCTION enrolment_papers_exist(paper text, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  missing bigint;
BEGIN
  IF cardinality(ids) > 0 THEN
    EXECUTE format('SELECT i FROM unnest($1) i WHERE NOT EXISTS (SELECT 1 FROM %I p WHERE p.id = i) LIMIT 1', paper)
      INTO missing USING ids;
    IF missing IS NOT NULL THEN
      RAISE EXCEPTION 'person-month names % %, which does not exist', paper, missing
        USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
END $$;

CREATE FUNCTION enrolment_on_insert() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE
  wrong varchar;
BEGIN
  SELECT state INTO wrong FROM fresh
    WHERE state NOT IN ('candidate', 'eligible', 'refused', 'waiting', 'funded', 'decreed')
      AND NOT (state = 'paid' AND source_kind = 'insurer_list') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a person-month cannot begin as %', wrong USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM (SELECT DISTINCT person_id FROM fresh) f
    WHERE NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = f.person_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a person-month names a person who does not exist' USING ERRCODE = 'foreign_key_violation';
  END IF;
  PERFORM enrolment_papers_exist('funding_fund', ARRAY(SELECT DISTINCT fund_id FROM fresh WHERE fund_id IS NOT NULL));
  PERFORM enrolment_papers_exist('enrolment_decree', ARRAY(SELECT DISTINCT decree_id FROM fresh WHERE decree_id IS NOT NULL));
  PERFORM enrolment_papers_exist('enrolment_payment', ARRAY(SELECT DISTINCT payment_id FROM fresh WHERE payment_id IS NOT NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_personmonth_insert AFTER INSERT ON enrolment_personmonth
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION enrolment_on_insert();

CREATE FUNCTION enrolment_on_update() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE
  wrong record;
BEGIN
  SELECT o.state AS before, n.state AS after INTO wrong FROM gone o JOIN fresh n USING (id)
    WHERE o.state <> n.state
      AND NOT EXISTS (SELECT 1 FROM enrolment_transition t WHERE t.old = o.state AND t.new = n.state) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a person-month does not go from % to %', wrong.before, wrong.after
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM gone o JOIN fresh n USING (id)
    WHERE (o.person_id, o.month, o.source, o.source_kind) <> (n.person_id, n.month, n.source, n.source_kind) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'person, month and payer of a person-month are fixed' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM gone o JOIN fresh n USING (id) WHERE o.state = 'paid'
      AND (n.state = 'paid' OR n.mutation_id IS NULL OR n.payment_id IS DISTINCT FROM o.payment_id
           OR n.iuran_idr <> o.iuran_idr OR n.bill_id IS DISTINCT FROM o.bill_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a paid month changes only by a reversal that a mutation stands behind'
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM enrolment_papers_exist('enrolment_batch', ARRAY(
    SELECT DISTINCT n.batch_id FROM gone o JOIN fresh n USING (id) WHERE n.batch_id IS DISTINCT FROM o.batch_id AND n.batch_id IS NOT NULL));
  PERFORM enrolment_papers_exist('enrolment_bill', ARRAY(
    SELECT DISTINCT n.bill_id FROM gone o JOIN fresh n USING (id) WHERE n.bill_id IS DISTINCT FROM o.bill_id AND n.bill_id IS NOT NULL));
  PERFORM enrolment_papers_exist('enrolment_payment', ARRAY(
    SELECT DISTINCT n.payment_id FROM gone o JOIN fresh n USING (id) WHERE n.payment_id IS DISTINCT FROM o.payment_id AND n.payment_id IS NOT NULL));
  PERFORM enrolment_papers_exist('enrolment_mutation', ARRAY(
    SELECT DISTINCT n.mutation_id FROM gone o JOIN fresh n USING (id) WHERE n.mutation_id IS DISTINCT FROM o.mutation_id AND n.mutation_id IS NOT NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_personmonth_update AFTER UPDATE ON enrolment_personmonth
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION enrolment_on_update();

CREATE FUNCTION enrolment_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% stays: nothing of it is removed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
_KEPT = (
    "personmonth",
    "decree",
    "decreeline",
    "batch",
    "batchline",
    "answer",
    "bill",
    "payment",
    "mutation",
    "vacancy",
)
_GUARDS = "".join(
    f"CREATE TRIGGER enrolment_{name}_stays BEFORE DELETE OR TRUNCATE ON enrolment_{name} "
    "FOR EACH STATEMENT EXECUTE FUNCTION enrolment_refuse();\n"
    for name in _KEPT
)
_STEPS = f"INSERT INTO enrolment_transition VALUES {_ROWS};\n"  # noqa: S608  constants of this file
BACKWARD = """
DROP FUNCTION enrolment_refuse() CASCADE; DROP FUNCTION enrolment_on_update() CASCADE;
DROP FUNCTION enrolment_on_insert() CASCADE; DROP FUNCTION enrolment_papers_exist(text, bigint[]) CASCADE;
DROP TABLE enrolment_transition;
"""


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD + _STEPS + _GUARDS, BACKWARD)]
