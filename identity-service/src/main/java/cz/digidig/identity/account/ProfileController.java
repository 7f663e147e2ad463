package cz.digidig.identity.account;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A person's own profile, which every page of the suite goes by (scope {@code account}). */
@RestController
@RequestMapping("/api/accounts/me/profile")
@Tag(name = "Own account", description = "The account of the token. Scope: account.")
class ProfileController {
    private final JdbcClient jdbc;
    private final Changes changes;

    ProfileController(JdbcClient jdbc, Changes changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    @GetMapping
    @Operation(operationId = "getProfile", summary = "Show the own profile")
    Profile get(Caller caller) {
        return jdbc.sql("select display_name, language, time_zone, theme from account where id = ?")
                .param(caller.accountId())
                .query((row, number) -> new Profile(
                        row.getString("display_name"),
                        row.getString("language"),
                        row.getString("time_zone"),
                        Profile.Theme.of(row.getString("theme"))))
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such account"));
    }

    @PutMapping
    @Transactional
    @Operation(operationId = "putProfile", summary = "Replace the own profile")
    public Profile put(Caller caller, @Valid @RequestBody Profile profile) {
        if (!profile.timeZone().isEmpty() && !ZoneId.getAvailableZoneIds().contains(profile.timeZone())) {
            throw Refusals.field("timeZone", "not the name of a time zone");
        }
        // The row's version counts, so that a change under way elsewhere does not bring the old name back.
        jdbc.sql("""
                        update account set version = version + 1, display_name = ?, language = ?, time_zone = ?, theme = ?
                        where id = ?
                        """)
                .params(
                        profile.displayName(),
                        profile.language(),
                        profile.timeZone(),
                        profile.theme().label(),
                        caller.accountId())
                .update();
        changes.account(caller.accountId());
        return get(caller);
    }
}
