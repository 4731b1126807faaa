package io.jackfield.storage;

import java.util.Optional;

/**
 * How the way of the call records is doing.
 *
 * @param waiting records in memory that are not in the spool yet
 * @param stored records that reached the database since the start
 * @param lost records that were thrown away because memory was full; above zero somebody must act
 * @param rejected lines that no database will ever take, kept aside in {@code rejected.jsonl}
 * @param spoolTrouble why the spool cannot be written now
 * @param databaseTrouble why the database cannot be written now
 */
public record StorageHealth(
        int waiting,
        long stored,
        long lost,
        long rejected,
        Optional<String> spoolTrouble,
        Optional<String> databaseTrouble) {}
