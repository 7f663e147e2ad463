package cz.digidig.identity.signin;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.factor.CodeChecks;
import cz.digidig.identity.factor.TrustedDevices;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** Decides what a sign-in needs next: a code, a password of one's own, nothing more. */
@Component
class SignInSteps {
    private static final String DEVICE = "digidig-identity-device";

    private final AccountDirectory accounts;
    private final CodeChecks codes;
    private final TrustedDevices devices;
    private final BrowserSessions sessions;
    private final Audit audit;
    private final Clock clock;

    SignInSteps(
            AccountDirectory accounts,
            CodeChecks codes,
            TrustedDevices devices,
            BrowserSessions sessions,
            Audit audit,
            Clock clock) {
        this.accounts = accounts;
        this.codes = codes;
        this.devices = devices;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins with what was proved first, and says where the browser goes. */
    String begin(
            String account,
            List<String> methods,
            Continuation then,
            HttpServletRequest request,
            HttpServletResponse response) {
        return next(Pending.of(account, methods, clock.instant()), then, request, response);
    }

    /** The sign-in that this browser is in the middle of. */
    Optional<Pending> pending(HttpServletRequest request) {
        return Pending.kept(request, clock.instant());
    }

    /** Goes on with what is proved by now, and says where the browser goes. */
    String next(Pending pending, Continuation then, HttpServletRequest request, HttpServletResponse response) {
        Optional<AccountFacts> account = accounts.account(pending.account()).filter(AccountFacts::enabled);
        if (account.isEmpty()) {
            return "redirect:" + then.appendTo(SignInController.PATH);
        }
        if (codeMissing(pending, request)) {
            pending.keep(request);
            return "redirect:" + then.appendTo(CodeController.PATH);
        }
        if (account.get().mustChangePassword() && pending.methods().contains("pwd")) {
            pending.keep(request);
            return "redirect:" + then.appendTo(NewPasswordController.PATH);
        }
        sessions.begin(pending.account(), pending.methods(), request, response);
        audit.recordBy(
                pending.account(),
                AuditAction.SIGNED_IN,
                account.get().email(),
                account.get().domain(),
                String.join("+", pending.methods()));
        return "redirect:" + then.target(PageSecurity.HOME);
    }

    private boolean codeMissing(Pending pending, HttpServletRequest request) {
        return !pending.methods().contains("otp")
                && !pending.methods().contains("mfa")
                && codes.needed(pending.account())
                && !trusted(pending.account(), request);
    }

    /** Whether nothing but the new password is missing: who only has the old one may not get past the code by it. */
    boolean mayChoosePassword(Pending pending, HttpServletRequest request) {
        return !codeMissing(pending, request)
                && accounts.account(pending.account())
                        .filter(AccountFacts::enabled)
                        .filter(AccountFacts::mustChangePassword)
                        .isPresent();
    }

    private boolean trusted(String account, HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(cookie ->
                                cookie.getName().equals(DEVICE) && devices.trusted(account, cookie.getValue()));
    }

    /** Asks for no code in this browser for a while. */
    void trust(String account, HttpServletRequest request, HttpServletResponse response) {
        ResponseCookie cookie = ResponseCookie.from(
                        DEVICE, devices.trust(account, request.getRemoteAddr(), BrowserSessions.agent(request)))
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/")
                .maxAge(Duration.ofDays(TrustedDevices.DAYS))
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
