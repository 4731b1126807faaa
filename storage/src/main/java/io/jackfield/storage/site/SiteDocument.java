package io.jackfield.storage.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All rows as one JSON text: for the history and the local snapshot. Secrets stay as they are. */
public final class SiteDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, List<Map<String, String>>>> ROWS =
            new TypeReference<>() {};

    private SiteDocument() {}

    public static String write(SiteRows rows) {
        Map<String, List<Map<String, String>>> document = new LinkedHashMap<>();
        for (SiteTable table : SiteTables.ALL) {
            document.put(table.name(), new ArrayList<>(rows.table(table).values()));
        }
        return JSON.writeValueAsString(document);
    }

    /**
     * The rows of such a text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SiteRows read(String text) {
        try {
            return SiteRows.of(JSON.readValue(text, ROWS));
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("no rows of a site", broken);
        }
    }
}
