package cz.digidig.admin.group;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A group as it is typed.
 *
 * @param id empty: a new one
 * @param members one address a line
 * @param posting whose mail it takes: one of {@link #POSTINGS}
 */
record GroupForm(String id, String address, String name, String members, String posting, boolean enabled) {
    static final List<String> POSTINGS = List.of("anyone", "domain", "members");

    static final GroupForm BLANK = new GroupForm("", "", "", "", "anyone", true);

    static GroupForm of(JsonNode group) {
        StringBuilder members = new StringBuilder();
        group.path("members")
                .forEach(member -> members.append(member.asString("")).append('\n'));
        return new GroupForm(
                group.path("id").asString(""),
                group.path("address").asString(""),
                group.path("name").asString(""),
                members.toString().strip(),
                group.path("posting").asString("anyone"),
                group.path("enabled").asBoolean(true));
    }

    public boolean isNew() {
        return id.isEmpty();
    }

    /** What identity is asked for. A new group has its address; only one that exists can be switched off. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (isNew()) {
            body.put("address", address.strip());
        } else {
            body.put("enabled", enabled);
        }
        if (!name.isBlank()) {
            body.put("name", name.strip());
        }
        ArrayNode all = body.putArray("members");
        members.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(all::add);
        return body.put("posting", posting);
    }
}
