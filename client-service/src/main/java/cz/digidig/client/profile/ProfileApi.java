package cz.digidig.client.profile;

import java.util.List;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The own profile and addresses in identity's public REST. */
@HttpExchange("/api/accounts/me")
interface ProfileApi {
    @GetExchange("/profile")
    Profile get();

    @PutExchange("/profile")
    Profile put(@RequestBody Profile profile);

    @GetExchange("/addresses")
    Addresses addresses();

    /** Addresses that the person may write as, the account's own first. */
    record Addresses(List<String> items) {}
}
