-- Whoever changes the site counts the version up, whichever program it is.
CREATE TRIGGER agents_insert_counts AFTER INSERT ON agents FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER agents_update_counts AFTER UPDATE ON agents FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER agents_delete_counts AFTER DELETE ON agents FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER trunks_insert_counts AFTER INSERT ON trunks FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER trunks_update_counts AFTER UPDATE ON trunks FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER trunks_delete_counts AFTER DELETE ON trunks FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER routes_insert_counts AFTER INSERT ON routes FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER routes_update_counts AFTER UPDATE ON routes FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER routes_delete_counts AFTER DELETE ON routes FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER numbers_insert_counts AFTER INSERT ON numbers FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER numbers_update_counts AFTER UPDATE ON numbers FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER numbers_delete_counts AFTER DELETE ON numbers FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queues_insert_counts AFTER INSERT ON queues FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queues_update_counts AFTER UPDATE ON queues FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queues_delete_counts AFTER DELETE ON queues FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queue_members_insert_counts AFTER INSERT ON queue_members FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queue_members_update_counts AFTER UPDATE ON queue_members FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER queue_members_delete_counts AFTER DELETE ON queue_members FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER site_sections_insert_counts AFTER INSERT ON site_sections FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER site_sections_update_counts AFTER UPDATE ON site_sections FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

CREATE TRIGGER site_sections_delete_counts AFTER DELETE ON site_sections FOR EACH ROW
UPDATE site_version SET version = version + 1, changed_by = CONCAT('sql:', LEFT(USER(), 180)), changed_at = DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ');

