package cz.digidig.common.client;

import cz.digidig.common.api.problem.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns an error answer into a {@link ServiceFailure}. */
final class ProblemAnswers {
    private static final int MOST_BODY = 64 * 1024;

    private final JsonMapper json;

    ProblemAnswers(JsonMapper json) {
        this.json = json;
    }

    /** Always throws. */
    void raise(HttpRequest request, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        throw failure(
                request.getMethod() + " " + request.getURI().getPath(),
                status,
                response.getBody(),
                response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
    }

    /**
     * What an error answer means.
     *
     * @param call its method and path, for the log
     */
    ServiceFailure failure(String call, int status, InputStream body, @Nullable String retryAfter) throws IOException {
        String what = call + ": " + status;
        if (status == 502 || status == 503 || status == 504) {
            return new ServiceUnavailable(what, null);
        }
        String detail = what;
        ErrorCode code = null;
        try {
            JsonNode problem = json.readTree(body.readNBytes(MOST_BODY));
            code = ErrorCode.ofType(problem.path("type").asString("")).orElse(null);
            detail = problem.path("detail").asString(what);
        } catch (JacksonException _) {
            // Not a problem detail; the status says enough.
        }
        return new ServiceProblem(status, code, detail, seconds(retryAfter));
    }

    private static @Nullable Duration seconds(@Nullable String value) {
        if (value == null || !value.matches("\\d{1,6}")) {
            return null;
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }
}
