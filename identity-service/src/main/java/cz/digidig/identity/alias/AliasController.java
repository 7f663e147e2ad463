package cz.digidig.identity.alias;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Administration of aliases (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/aliases")
@Tag(
        name = "Aliases",
        description = "Addresses that lead to other addresses. Scope: admin, or domain-admin for its domains.")
class AliasController {
    private static final int MOST_TARGETS = 100;

    private final Aliases aliases;
    private final Reaches reaches;

    AliasController(Aliases aliases, Reaches reaches) {
        this.aliases = aliases;
        this.reaches = reaches;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createAlias",
            summary = "Make an alias",
            description = "The address is local@domain, or @domain for whatever nobody else in the domain has.")
    ResponseEntity<AliasView> create(Caller caller, @Valid @RequestBody NewAlias request) {
        Reach reach = reaches.of(caller);
        boolean enabled = request.enabled() == null || request.enabled();
        String id = aliases.create(request.address(), request.targets(), enabled, reach);
        return ResponseEntity.created(URI.create("/api/aliases/" + id)).body(AliasView.of(aliases.get(id, reach)));
    }

    @GetMapping
    @Operation(operationId = "listAliases", summary = "List aliases by address, page by page")
    Listing<AliasView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Cursor wanted = Cursor.of(q, cursor, limit);
        return wanted.page(aliases.page(wanted, reaches.of(caller)), Alias::addressKey, AliasView::of);
    }

    @GetMapping("/{alias}")
    @Operation(operationId = "getAlias", summary = "Show an alias, by id or address")
    AliasView get(Caller caller, @PathVariable String alias) {
        return AliasView.of(aliases.get(alias, reaches.of(caller)));
    }

    @PatchMapping("/{alias}")
    @Operation(operationId = "changeAlias", summary = "Change an alias; what is left out stays")
    AliasView change(Caller caller, @PathVariable String alias, @Valid @RequestBody AliasChange request) {
        return AliasView.of(aliases.change(alias, request.targets(), request.enabled(), reaches.of(caller)));
    }

    @DeleteMapping("/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAlias", summary = "Delete an alias; its address becomes free")
    void delete(Caller caller, @PathVariable String alias) {
        aliases.delete(alias, reaches.of(caller));
    }

    /** The body of a creation. */
    record NewAlias(
            @NotBlank @Size(max = 320) String address,
            @NotEmpty @Size(max = MOST_TARGETS) List<@NotBlank @Size(max = 320) String> targets,
            @Nullable Boolean enabled) {}

    /** The body of a change. */
    record AliasChange(
            @Size(min = 1, max = MOST_TARGETS) @Nullable List<@NotBlank @Size(max = 320) String> targets,
            @Nullable Boolean enabled) {}

    /** An alias as it is shown. */
    record AliasView(String id, String address, List<String> targets, boolean enabled, Instant createdAt) {
        static AliasView of(Alias alias) {
            return new AliasView(alias.id(), alias.address(), alias.targets(), alias.enabled(), alias.createdAt());
        }
    }
}
