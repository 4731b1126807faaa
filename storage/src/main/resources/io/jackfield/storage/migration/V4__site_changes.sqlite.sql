-- Whoever changes the site counts the version up, whichever program it is.
CREATE TRIGGER agents_insert_counts AFTER INSERT ON agents
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER agents_update_counts AFTER UPDATE ON agents
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER agents_delete_counts AFTER DELETE ON agents
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER trunks_insert_counts AFTER INSERT ON trunks
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER trunks_update_counts AFTER UPDATE ON trunks
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER trunks_delete_counts AFTER DELETE ON trunks
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER routes_insert_counts AFTER INSERT ON routes
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER routes_update_counts AFTER UPDATE ON routes
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER routes_delete_counts AFTER DELETE ON routes
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER numbers_insert_counts AFTER INSERT ON numbers
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER numbers_update_counts AFTER UPDATE ON numbers
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER numbers_delete_counts AFTER DELETE ON numbers
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queues_insert_counts AFTER INSERT ON queues
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queues_update_counts AFTER UPDATE ON queues
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queues_delete_counts AFTER DELETE ON queues
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queue_members_insert_counts AFTER INSERT ON queue_members
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queue_members_update_counts AFTER UPDATE ON queue_members
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER queue_members_delete_counts AFTER DELETE ON queue_members
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER site_sections_insert_counts AFTER INSERT ON site_sections
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER site_sections_update_counts AFTER UPDATE ON site_sections
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

CREATE TRIGGER site_sections_delete_counts AFTER DELETE ON site_sections
BEGIN UPDATE site_version SET version = version + 1, changed_by = 'sql', changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;

