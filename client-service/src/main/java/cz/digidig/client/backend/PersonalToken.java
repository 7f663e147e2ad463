package cz.digidig.client.backend;

import cz.digidig.common.signin.AccessToken;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The person's token: that of the request that is answered, or one that was taken along to work that outlives a request. */
@Component
public class PersonalToken {
    private static final ScopedValue<Supplier<String>> TAKEN = ScopedValue.newInstance();

    private final AccessToken request;

    PersonalToken(AccessToken request) {
        this.request = request;
    }

    /** A valid one. */
    public String current() {
        return TAKEN.isBound() ? TAKEN.get().get() : request.current();
    }

    /** Does work under a token that was taken before. */
    public static <T> T with(String token, Supplier<T> work) {
        return with(() -> token, work);
    }

    /** Does work that may take longer than a token lasts: each call asks for the token that is known then. */
    public static <T> T with(Supplier<String> token, Supplier<T> work) {
        return ScopedValue.where(TAKEN, token).call(work::get);
    }
}
