package cz.digidig.identity.group;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
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

/** Administration of groups (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/groups")
@Tag(
        name = "Groups",
        description = "Addresses whose mail goes to members. Scope: admin, or domain-admin for its domains.")
class GroupController {
    private final Groups groups;
    private final Reaches reaches;

    GroupController(Groups groups, Reaches reaches) {
        this.groups = groups;
        this.reaches = reaches;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createGroup", summary = "Make a group")
    ResponseEntity<Group> create(Caller caller, @Valid @RequestBody NewGroup request) {
        Reach reach = reaches.of(caller);
        String id = groups.create(
                request.address(),
                request.name() == null ? "" : request.name(),
                request.members() == null ? List.of() : request.members(),
                request.posting() == null ? Posting.ANYONE : request.posting(),
                reach);
        return ResponseEntity.created(URI.create("/api/groups/" + id)).body(groups.get(id, reach));
    }

    @GetMapping
    @Operation(operationId = "listGroups", summary = "List groups by address, page by page")
    Listing<Group> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Cursor wanted = Cursor.of(q, cursor, limit);
        return wanted.page(groups.page(wanted, reaches.of(caller)), Groups::keyOf, group -> group);
    }

    @GetMapping("/{group}")
    @Operation(operationId = "getGroup", summary = "Show a group, by id or address")
    Group get(Caller caller, @PathVariable String group) {
        return groups.get(group, reaches.of(caller));
    }

    @PatchMapping("/{group}")
    @Operation(operationId = "changeGroup", summary = "Change a group; what is left out stays")
    Group change(Caller caller, @PathVariable String group, @Valid @RequestBody GroupChange request) {
        return groups.change(group, request, reaches.of(caller));
    }

    @PostMapping("/{group}/members")
    @Operation(operationId = "addGroupMember", summary = "Add a member; nothing where it is one already")
    Group add(Caller caller, @PathVariable String group, @Valid @RequestBody Member request) {
        return groups.add(group, request.address(), reaches.of(caller));
    }

    @DeleteMapping("/{group}/members/{address}")
    @Operation(operationId = "removeGroupMember", summary = "Remove a member")
    Group remove(Caller caller, @PathVariable String group, @PathVariable String address) {
        return groups.remove(group, address, reaches.of(caller));
    }

    @DeleteMapping("/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteGroup", summary = "Delete a group; its address becomes free")
    void delete(Caller caller, @PathVariable String group) {
        groups.delete(group, reaches.of(caller));
    }

    /**
     * The body of a creation.
     *
     * @param posting whose mail it takes; null: everybody's
     */
    record NewGroup(
            @NotBlank @Size(max = 320) String address,
            @Size(max = 200) @Nullable String name,
            @Size(max = Groups.MOST_MEMBERS) @Nullable List<@NotBlank @Size(max = 320) String> members,
            @Nullable Posting posting) {}

    /** The body of an addition. */
    record Member(@NotBlank @Size(max = 320) String address) {}
}
