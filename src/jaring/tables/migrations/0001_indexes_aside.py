"""Two functions that set a table's indexes aside before a load that at least doubles it, and make them anew.

An index that grows row by row costs five times what one costs that is made of all rows at once. The
application may not change tables, so the owner lends it exactly this. Everything happens within the
loader's transaction: one that is broken off leaves the indexes as they were.
"""

from django.db import migrations

MADE = """
CREATE TABLE tables_indexes_aside (
    relation oid NOT NULL,
    place int NOT NULL,
    back text NOT NULL,
    PRIMARY KEY (relation, place)
);
-- What stands here is run as the owner: nobody else may write it.
DO $$
DECLARE
    granted record;
BEGIN
    FOR granted IN
        SELECT DISTINCT a.grantee::regrole AS role FROM pg_class c, aclexplode(c.relacl) a
         WHERE c.oid = 'tables_indexes_aside'::regclass AND a.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('REVOKE ALL ON tables_indexes_aside FROM %s', granted.role);
    END LOOP;
END $$;

CREATE FUNCTION tables_set_indexes_aside(told text, incoming bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    target regclass := told::regclass;
    held bigint;
    waits text := current_setting('lock_timeout');
    one record;
BEGIN
    SELECT greatest(reltuples::bigint, pg_relation_size(oid) / 300) INTO held FROM pg_class
     WHERE oid = target AND relkind = 'r' AND relpersistence = 'p' AND relowner = current_user::regrole;
    IF held IS NULL OR incoming < held THEN
        RETURN false;
    END IF;
    BEGIN
        -- Whoever reads the table now goes on undisturbed, and the load takes the ordinary way.
        PERFORM set_config('lock_timeout', '300ms', true);
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', target);
        FOR one IN
            SELECT i.indexrelid::regclass AS name, pg_get_indexdef(i.indexrelid) AS definition,
                   row_number() OVER (ORDER BY i.indexrelid) AS place, c.conname,
                   CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END AS sort
              FROM pg_index i
              LEFT JOIN pg_constraint c
                     ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid AND c.contype IN ('p', 'u')
             WHERE i.indrelid = target AND i.indisvalid AND NOT i.indisexclusion
               AND NOT i.indisreplident AND NOT i.indisclustered AND NOT coalesce(c.condeferrable, false)
               AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
        LOOP
            INSERT INTO public.tables_indexes_aside VALUES (target, 2 * one.place, one.definition);
            IF one.conname IS NULL THEN
                EXECUTE format('DROP INDEX %s', one.name);
            ELSE
                INSERT INTO public.tables_indexes_aside VALUES (
                    target, 2 * one.place + 1,
                    format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I',
                           target, one.conname, one.sort, one.conname)
                );
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', target, one.conname);
            END IF;
        END LOOP;
    EXCEPTION WHEN lock_not_available OR object_in_use THEN
        PERFORM set_config('lock_timeout', waits, true);
        RETURN false;
    END;
    PERFORM set_config('lock_timeout', waits, true);
    RETURN true;
END $$;

CREATE FUNCTION tables_put_indexes_back(told text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    SET maintenance_work_mem = '128MB' AS $$
DECLARE
    target regclass := told::regclass;
    later record;
    one record;
BEGIN
    -- A table with checks still to come does not change shape; they are made now.
    FOR later IN SELECT conname FROM pg_constraint WHERE conrelid = target AND condeferred LOOP
        EXECUTE format('SET CONSTRAINTS public.%I IMMEDIATE', later.conname);
        EXECUTE format('SET CONSTRAINTS public.%I DEFERRED', later.conname);
    END LOOP;
    FOR one IN SELECT back FROM public.tables_indexes_aside WHERE relation = target ORDER BY place LOOP
        EXECUTE one.back;
    END LOOP;
    DELETE FROM public.tables_indexes_aside WHERE relation = target;
END $$;
"""
BACK = """
DROP FUNCTION tables_put_indexes_back(text);
DROP FUNCTION tables_set_indexes_aside(text, bigint);
DROP TABLE tables_indexes_aside;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(MADE, BACK)]
