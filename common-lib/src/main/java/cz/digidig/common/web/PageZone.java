package cz.digidig.common.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;

/** In which time zone a page shows times. A service without a bean of it shows them in its own. */
@FunctionalInterface
public interface PageZone {
    ZoneId of(HttpServletRequest request);
}
