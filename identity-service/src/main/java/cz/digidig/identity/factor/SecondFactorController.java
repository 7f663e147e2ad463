package cz.digidig.identity.factor;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's own second factor (scope {@code account}). */
@RestController
@RequestMapping("/api/accounts/me/totp")
@Tag(name = "Own account", description = "The account of the token. Scope: account.")
class SecondFactorController {
    private final SecondFactors factors;
    private final CodeChecks codes;

    SecondFactorController(SecondFactors factors, CodeChecks codes) {
        this.factors = factors;
        this.codes = codes;
    }

    @GetMapping
    @Operation(operationId = "getTotp", summary = "Whether codes by time are on, and how many recovery codes are left")
    State state(Caller caller) {
        return new State(factors.needed(caller.accountId()), factors.left(caller.accountId()));
    }

    @PostMapping
    @Operation(
            operationId = "enrolTotp",
            summary = "Begin to use codes by time (RFC 6238)",
            description = "Takes effect when a first code is confirmed. The image is a data: URL of a QR code.")
    ResponseEntity<Enrolment> enrol(Caller caller) {
        String secret = factors.enrol(caller.accountId());
        if (secret.isEmpty()) {
            throw Refusals.field("totp", "is on already; turn it off first");
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Enrolment.of(secret, caller.email()));
    }

    @PostMapping("/confirm")
    @Operation(
            operationId = "confirmTotp",
            summary = "Turn codes by time on by a first code",
            description = "From then on mail programs need app passwords. The recovery codes are never shown again.")
    ResponseEntity<Recovery> confirm(Caller caller, @Valid @RequestBody Code request) {
        List<String> codes = factors.confirm(caller.accountId(), request.code());
        if (codes.isEmpty()) {
            throw Refusals.field("code", "is not right, or nothing was begun");
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Recovery(codes));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeTotp", summary = "Turn codes by time off, by a code or a recovery code")
    void remove(Caller caller, @Valid @RequestBody Code request, HttpServletRequest http) {
        if (codes.needed(caller.accountId())
                && !codes.accept(caller.accountId(), request.code(), http.getRemoteAddr())) {
            throw Refusals.field("code", "is not right");
        }
        factors.remove(caller.accountId());
    }

    /** Whether it is on. */
    record State(boolean enabled, int recoveryCodesLeft) {}

    /** A code of the app, or for recovery. */
    record Code(@NotBlank @Size(max = 20) String code) {
        @Override
        public String toString() {
            return "Code[]";
        }
    }

    /** Codes to keep somewhere else, each good for one use. */
    record Recovery(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Recovery[]";
        }
    }
}
