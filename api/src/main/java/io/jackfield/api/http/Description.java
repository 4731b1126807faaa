package io.jackfield.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /api/openapi.yaml}: the API in OpenAPI 3.1, made of the table that is dispatched by
 * and of what {@code operations.json} says of each operation. It is written as JSON, which is YAML,
 * too.
 */
final class Description implements ApiPart {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PATH = "/api/openapi.yaml";

    private final byte[] document;

    Description(List<Endpoint> endpoints) {
        List<Endpoint> all = new ArrayList<>(endpoints);
        all.addAll(endpoints());
        document = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document(all));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.open(PATH, "describe", this::send));
    }

    private void send(Exchange exchange) {
        Answer.send(exchange.response(), exchange.callback(), 200, "application/yaml", document);
    }

    private static ObjectNode document(List<Endpoint> endpoints) {
        ObjectNode said = said();
        ObjectNode operations = said.withObject("/operations");
        said.remove("operations");
        Map<String, List<Endpoint>> byPath = new TreeMap<>();
        endpoints.forEach(e -> byPath.computeIfAbsent(e.path(), _ -> new ArrayList<>()).add(e));
        ObjectNode paths = said.putObject("paths");
        byPath.forEach((path, all) -> {
            ObjectNode item = paths.putObject(path);
            all.forEach(e ->
                    item.set(
                            e.method().toLowerCase(java.util.Locale.ROOT),
                            operation(e, operations)));
        });
        return said;
    }

    private static ObjectNode said() {
        try (InputStream in = Description.class.getResourceAsStream("operations.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException built) {
            throw new IllegalStateException(built);
        }
    }

    private static ObjectNode operation(Endpoint endpoint, ObjectNode operations) {
        JsonNode words = operations.get(endpoint.operation());
        if (words == null) {
            throw new IllegalStateException("operations.json lacks " + endpoint.operation());
        }
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", endpoint.operation());
        operation.setAll((ObjectNode) words);
        variables(endpoint.path(), operation);
        ArrayNode security = operation.putArray("security");
        ObjectNode responses = operation.withObject("/responses");
        Optional<Scope> scope = endpoint.scope();
        if (scope.isPresent()) {
            security.addObject().putArray("key");
            operation.put("x-scope", scope.get().word());
            problem(responses, "401", "No key, or one that is not known or has expired.");
            problem(responses, "403", "The key lacks the scope " + scope.get().word() + ".");
        }
        return operation;
    }

    private static void variables(String path, ObjectNode operation) {
        for (String part : path.split("/", -1)) {
            if (part.startsWith("{")) {
                ObjectNode parameter = operation.withArray("/parameters").addObject();
                parameter.put("name", part.substring(1, part.length() - 1));
                parameter.put("in", "path");
                parameter.put("required", true);
                parameter.putObject("schema").put("type", "string");
            }
        }
    }

    private static void problem(ObjectNode responses, String status, String description) {
        if (!responses.has(status)) {
            ObjectNode response = responses.putObject(status);
            response.put("description", description);
            response.putObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Problem");
        }
    }
}
