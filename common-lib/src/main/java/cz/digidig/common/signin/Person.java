package cz.digidig.common.signin;

import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Whoever is signed in: shown by the address, known by the account's id. */
public final class Person extends DefaultOidcUser {
    private static final long serialVersionUID = 1;

    private final String address;

    Person(Set<GrantedAuthority> roles, OidcUserRequest request, String address) {
        super(roles, request.getIdToken());
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** Opaque; stays the same when the address changes. */
    public String accountId() {
        return getSubject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Person person && super.equals(other) && address.equals(person.address);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
