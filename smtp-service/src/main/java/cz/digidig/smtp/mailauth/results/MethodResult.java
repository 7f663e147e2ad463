package cz.digidig.smtp.mailauth.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one method found (RFC 8601 §2.2).
 *
 * @param method its name, e.g. {@code dkim}
 * @param result its result
 * @param reason for people; empty: none
 * @param properties what it looked at, {@code ptype.property} and the value, in order
 */
public record MethodResult(String method, String result, String reason, Map<String, String> properties) {
    public MethodResult {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
