-- Whoever changes the site counts the version up, whichever program it is, and those who listen are
-- told when the change is committed.
CREATE FUNCTION site_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE site_version SET version = version + 1, changed_by = 'sql:' || session_user, changed_at = to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ; PERFORM pg_notify('jackfield_site', '') ; RETURN NULL ; END $$;

CREATE TRIGGER agents_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON agents
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER trunks_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON trunks
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER routes_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON routes
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER numbers_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON numbers
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER queues_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON queues
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER queue_members_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON queue_members
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

CREATE TRIGGER site_sections_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON site_sections
FOR EACH STATEMENT EXECUTE FUNCTION site_changed();

