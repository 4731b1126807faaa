-- The id of the recording that was begun; NULL where none was.
ALTER TABLE cdr ADD COLUMN recording TEXT;
