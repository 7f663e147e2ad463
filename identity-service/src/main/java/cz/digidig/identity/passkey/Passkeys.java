package cz.digidig.identity.passkey;

import com.webauthn4j.util.exception.WebAuthnException;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Enrols passkeys, and tells whose passkey answered. */
@Service
public class Passkeys {
    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    private static final int MOST = 20;
    private static final int LONGEST_ANSWER = 20_000;
    private static final TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>> ASSERTION =
            new TypeReference<>() {};
    private static final TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>> ATTESTATION =
            new TypeReference<>() {};

    private final RelyingParty party;
    private final Webauthn4JRelyingPartyOperations ceremonies;
    private final StoredPasskeys stored;
    private final AccountDirectory accounts;
    private final Audit audit;
    private final JsonMapper json =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    Passkeys(
            @Value("${digidig.identity.public-url}") URI publicUrl,
            Handles handles,
            StoredPasskeys stored,
            AccountDirectory accounts,
            Audit audit) {
        this.party = RelyingParty.at(publicUrl);
        this.stored = stored;
        this.accounts = accounts;
        this.audit = audit;
        this.ceremonies = new Webauthn4JRelyingPartyOperations(
                handles,
                stored,
                PublicKeyCredentialRpEntity.builder()
                        .id(party.host())
                        .name("DIGiDIG")
                        .build(),
                Set.of(party.origin()));
        ceremonies.setCustomizeCreationOptions(
                options -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .build()));
        ceremonies.setCustomizeRequestOptions(
                options -> options.userVerification(UserVerificationRequirement.REQUIRED));
    }

    /** Where in the browser passkeys work: the origin's host. */
    public String host() {
        return party.host();
    }

    /** The address under which they work. */
    public String origin() {
        return party.origin();
    }

    /** How many an account has. */
    public int count(String account) {
        return stored.findByUserId(Handles.of(account)).size();
    }

    List<Passkey> list(String account) {
        return stored.findByUserId(Handles.of(account)).stream()
                .map(one -> new Passkey(
                        one.getCredentialId().toBase64UrlString(),
                        one.getLabel(),
                        one.getCreated(),
                        one.getLastUsed(),
                        one.isBackupEligible()))
                .toList();
    }

    /** Asks for a passkey of whoever has one. */
    public Question ask() {
        PublicKeyCredentialRequestOptions options =
                ceremonies.createCredentialRequestOptions(new ImmutablePublicKeyCredentialRequestOptionsRequest(null));
        return new Question(options.getChallenge().toBase64UrlString(), json.writeValueAsString(options));
    }

    /**
     * The account whose passkey answered; empty where the answer is none to this challenge.
     *
     * @param challenge of the question
     * @param answer what the browser's {@code PublicKeyCredential.toJSON} gave
     */
    @Transactional
    public Optional<String> answered(String challenge, String answer) {
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> credential = read(answer, ASSERTION);
            AuthenticatorAssertionResponse response = credential.getResponse();
            if (missing(credential.getRawId(), response)
                    || missing(
                            response.getAuthenticatorData(), response.getClientDataJSON(), response.getSignature())) {
                return Optional.empty();
            }
            PublicKeyCredentialRequestOptions options = PublicKeyCredentialRequestOptions.builder()
                    .challenge(Bytes.fromBase64(challenge))
                    .rpId(party.host())
                    .userVerification(UserVerificationRequirement.REQUIRED)
                    .build();
            return Optional.of(Handles.account(ceremonies
                    .authenticate(new RelyingPartyAuthenticationRequest(options, credential))
                    .getId()));
        } catch (WebAuthnException | JacksonException | IllegalArgumentException refused) {
            LOG.info("A passkey was refused: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    /** Asks for a new passkey of whoever is signed in. */
    Question askForNew(Authentication person) {
        PublicKeyCredentialCreationOptions options = newOptions(person);
        return new Question(options.getChallenge().toBase64UrlString(), json.writeValueAsString(options));
    }

    private PublicKeyCredentialCreationOptions newOptions(Authentication person) {
        return ceremonies.createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(person));
    }

    /** Takes the answer to {@link #askForNew}; false: it is none to this challenge. */
    @Transactional
    boolean add(Authentication person, String challenge, String answer, String name) {
        if (count(person.getName()) >= MOST) {
            throw new ProblemException(ErrorCode.CONFLICT, "There are " + MOST + " passkeys already");
        }
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> credential = read(answer, ATTESTATION);
            AuthenticatorAttestationResponse response = credential.getResponse();
            if (missing(credential.getRawId(), credential.getType(), response)
                    || missing(response.getAttestationObject(), response.getClientDataJSON())) {
                return false;
            }
            CredentialRecord made = ceremonies.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                    asked(newOptions(person), challenge), new RelyingPartyPublicKey(credential, name)));
            tell(person.getName(), AuditAction.PASSKEY_ADDED, made.getLabel());
            return true;
        } catch (WebAuthnException | JacksonException | IllegalArgumentException refused) {
            LOG.info("A new passkey was refused: {}", refused.getMessage());
            return false;
        }
    }

    /** The options as they were when the question was asked: only its challenge is kept. */
    private static PublicKeyCredentialCreationOptions asked(
            PublicKeyCredentialCreationOptions options, String challenge) {
        return PublicKeyCredentialCreationOptions.builder()
                .rp(options.getRp())
                .user(options.getUser())
                .pubKeyCredParams(options.getPubKeyCredParams())
                .authenticatorSelection(options.getAuthenticatorSelection())
                .challenge(Bytes.fromBase64(challenge))
                .build();
    }

    @Transactional
    void remove(String account, String id) {
        Passkey passkey = list(account).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such passkey"));
        stored.delete(Bytes.fromBase64(passkey.id()));
        tell(account, AuditAction.PASSKEY_REMOVED, passkey.name());
    }

    private <T> T read(String answer, TypeReference<T> type) {
        if (answer.length() > LONGEST_ANSWER) {
            throw new IllegalArgumentException("longer than any passkey's answer");
        }
        return json.readValue(answer, type);
    }

    private static boolean missing(@Nullable Object... parts) {
        for (Object part : parts) {
            if (part == null) {
                return true;
            }
        }
        return false;
    }

    private void tell(String account, AuditAction action, String name) {
        accounts.account(account).ifPresent(found -> audit.record(action, found.email(), found.domain(), name));
    }
}
