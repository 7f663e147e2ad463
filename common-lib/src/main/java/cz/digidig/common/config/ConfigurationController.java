package cz.digidig.common.config;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A service's configuration over REST (scope {@code admin}). */
@RestController
@RequestMapping("/api/config")
@Tag(name = "Configuration", description = "The service's configuration, changed without a restart")
class ConfigurationController {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationController.class);

    private static final String CHANGED_BY = "X-Changed-By";

    private final ObjectProvider<ConfigurationStore<?>> store;

    ConfigurationController(ObjectProvider<ConfigurationStore<?>> store) {
        this.store = store;
    }

    private ConfigurationStore<?> store() {
        ConfigurationStore<?> found = store.getIfAvailable();
        if (found == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "this service has no configuration to change");
        }
        return found;
    }

    @GetMapping
    @Operation(
            operationId = "getConfiguration",
            summary = "The configuration in effect, with its ETag, and who changed it last (X-Changed-By) and when")
    ResponseEntity<JsonNode> get() throws IOException {
        return answer(store());
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "replaceConfiguration",
            summary = "Replace the configuration; what is missing gets its default",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(types = "object"))))
    ResponseEntity<JsonNode> put(
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication caller)
            throws IOException {
        store().replace(body, ifMatch, name(caller));
        return changed(caller);
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    @Operation(
            operationId = "changeConfiguration",
            summary = "Change some fields (JSON merge patch, RFC 7396)",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(types = "object"))))
    ResponseEntity<JsonNode> patch(
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication caller)
            throws IOException {
        store().patch(body, ifMatch, name(caller));
        return changed(caller);
    }

    @PostMapping("/history/{version}/restore")
    @Operation(
            operationId = "restoreConfiguration",
            summary = "Go back to a saved version, as if it had been sent anew")
    ResponseEntity<JsonNode> restore(
            @PathVariable String version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication caller)
            throws IOException {
        store().restore(version, ifMatch, name(caller));
        return changed(caller);
    }

    /** As people know it. */
    private static String name(Authentication caller) {
        String email = caller instanceof JwtAuthenticationToken token
                ? token.getToken().getClaimAsString("email")
                : null;
        return email == null || email.isEmpty() ? caller.getName() : email;
    }

    private ResponseEntity<JsonNode> changed(Authentication caller) throws IOException {
        LOG.atInfo().addKeyValue("caller", caller.getName()).log("the configuration was changed");
        return answer(store());
    }

    @GetMapping("/schema")
    @Operation(operationId = "getConfigurationSchema", summary = "The configuration's JSON Schema (2020-12)")
    JsonNode schema() {
        return store().schema();
    }

    @GetMapping("/history")
    @Operation(operationId = "listConfigurationVersions", summary = "The saved versions, the newest first")
    List<ConfigurationVersion> history() throws IOException {
        return store().history();
    }

    @GetMapping(path = "/history/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getConfigurationVersion", summary = "One saved version")
    @ApiResponse(
            responseCode = "200",
            description = "As it was saved",
            content = @Content(schema = @Schema(types = "object")))
    String version(@PathVariable String version) throws IOException {
        return store().version(version)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such version"));
    }

    private static ResponseEntity<JsonNode> answer(ConfigurationStore<?> store) throws IOException {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().eTag(store.etag());
        store.lastChange().ifPresent(change -> {
            answer.lastModified(change.savedAt());
            if (!change.changedBy().isEmpty()) {
                answer.header(CHANGED_BY, change.changedBy());
            }
        });
        return answer.body(store.tree());
    }
}
