package cz.digidig.admin.backend;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceUnavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import tools.jackson.databind.JsonNode;

/** What came of a call. */
public sealed interface Answer {
    /**
     * It was done.
     *
     * @param body what the service answered; a missing node for nothing
     * @param etag of the body, where it has one
     */
    record Done(JsonNode body, @Nullable String etag) implements Answer {}

    /**
     * The service refused it.
     *
     * @param status the HTTP status
     * @param detail why, in the service's words
     * @param fields what is wrong with which field
     */
    record Refused(int status, String detail, List<FieldError> fields) implements Answer {
        public Refused {
            fields = List.copyOf(fields);
        }

        /**
         * The first message of each field; the detail under the empty name where no field is at fault.
         *
         * @param list a field that is a list: what is wrong with one of its items counts as its own
         */
        public Map<String, String> problems(String list) {
            Map<String, String> problems = new HashMap<>();
            fields.forEach(field ->
                    problems.putIfAbsent(field.field().startsWith(list) ? list : field.field(), field.message()));
            if (problems.isEmpty()) {
                problems.put("", detail);
            }
            return problems;
        }
    }

    /**
     * The service did not answer.
     *
     * @param why for the log
     */
    record Away(String why) implements Answer {}

    /**
     * What is wrong with a field.
     *
     * @param field its path, as {@code listeners[1].port}
     * @param message in the service's words
     */
    record FieldError(String field, String message) {}

    /** The body of what was done; empty for whatever was not. */
    default Optional<JsonNode> content() {
        return switch (this) {
            case Done done -> Optional.of(done.body());
            case Refused _, Away _ -> Optional.empty();
        };
    }

    /**
     * The body of what was done, for pages that are nothing without it.
     *
     * @throws ProblemException the service refused
     * @throws ServiceUnavailable it did not answer
     * @throws InsufficientAuthenticationException it did not take the token: the session ended
     */
    default JsonNode orThrow() {
        return switch (this) {
            case Done done -> done.body();
            case Refused refused
            when refused.status() == 401 -> throw new InsufficientAuthenticationException("the session ended");
            case Refused refused when refused.status() == 403 -> throw new AccessDeniedException(refused.detail());
            case Refused refused
            when refused.status() == 404 -> throw new ProblemException(ErrorCode.NOT_FOUND, refused.detail());
            case Refused refused -> throw new ProblemException(ErrorCode.CONFLICT, refused.detail());
            case Away away -> throw new ServiceUnavailable(away.why(), null);
        };
    }
}
