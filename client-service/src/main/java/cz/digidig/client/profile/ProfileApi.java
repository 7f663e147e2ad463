package cz.digidig.client.profile;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The own profile in identity's public REST. */
@HttpExchange("/api/accounts/me/profile")
interface ProfileApi {
    @GetExchange
    Profile get();

    @PutExchange
    Profile put(@RequestBody Profile profile);
}
