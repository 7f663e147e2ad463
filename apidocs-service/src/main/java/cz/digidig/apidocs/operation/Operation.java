package cz.digidig.apidocs.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation, as its page shows it.
 *
 * @param service the service's short name
 * @param id the operationId, stable from release to release
 * @param tag the group that it stands in
 * @param method {@code GET}, ...
 * @param path with its variables in braces
 * @param summary one line
 * @param description more of it; may be empty
 * @param open whether no token is needed
 * @param scopes of which the token must have one; empty where any token will do
 * @param parameters in the path, the query and the header
 * @param body what is sent; none for most
 * @param answers by status
 */
public record Operation(
        String service,
        String id,
        String tag,
        String method,
        String path,
        String summary,
        String description,
        boolean open,
        List<String> scopes,
        List<Parameter> parameters,
        @Nullable Body body,
        List<Answer> answers) {
    /**
     * A value in the path, the query or the header.
     *
     * @param place {@code path}, {@code query} or {@code header}
     * @param example a value to begin with; may be empty
     */
    public record Parameter(
            String name, String place, boolean required, String type, String description, String example) {}

    /**
     * What is sent.
     *
     * @param fields its members, outer before inner
     * @param example a whole one
     */
    public record Body(String mediaType, boolean required, List<Field> fields, String example) {}

    /**
     * What comes back.
     *
     * @param mediaType empty where nothing does
     * @param problem whether it is a refusal
     */
    public record Answer(
            String status, String description, String mediaType, boolean problem, List<Field> fields, String example) {}

    /**
     * A member of JSON.
     *
     * @param depth 0 for the outermost
     */
    public record Field(int depth, String name, String type, boolean required, String description) {}
}
