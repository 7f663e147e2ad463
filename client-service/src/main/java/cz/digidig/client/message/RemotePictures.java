package cz.digidig.client.message;

import cz.digidig.common.client.ServiceSecret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches pictures of mails for those who asked for them, so that senders learn neither address nor browser of a reader. Only
 * URLs that stood in a mail (they carry a proof), only from public addresses, only pictures, and not large ones.
 */
@Component
class RemotePictures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemotePictures.class);
    static final String PATH = "/pictures";
    private static final int MOST_OCTETS = 8 << 20;
    private static final Timeout PATIENCE = Timeout.of(Duration.ofSeconds(8));

    private final byte[] key;
    private final CloseableHttpClient http;

    RemotePictures(ServiceSecret secret) {
        this.key = ("pictures " + secret.value()).getBytes(StandardCharsets.UTF_8);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new PublicAddresses())
                        .setMaxConnTotal(64)
                        .setMaxConnPerRoute(8)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(PATIENCE)
                        .setConnectionRequestTimeout(PATIENCE)
                        .setMaxRedirects(4)
                        .build())
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Mozilla/5.0")
                .build();
    }

    /** A picture. */
    record Picture(String type, byte[] octets) {}

    /** That a URL stood in a mail. */
    String proof(String url) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] code = mac.doFinal(url.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
        }
    }

    boolean proves(String url, String proof) {
        return MessageDigest.isEqual(
                proof(url).getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8));
    }

    /** Fetches one; empty where it can't be had, or is none. */
    Optional<Picture> fetch(String url) {
        try {
            return http.execute(new HttpGet(URI.create(url)), response -> {
                HttpEntity entity = response.getEntity();
                String type = entity == null || entity.getContentType() == null
                        ? ""
                        : entity.getContentType()
                                .replaceFirst(";.*$", "")
                                .strip()
                                .toLowerCase(Locale.ROOT);
                if (response.getCode() != 200 || entity == null || Preview.of(type, "") != Preview.PICTURE) {
                    return Optional.empty();
                }
                try (InputStream body = entity.getContent()) {
                    byte[] octets = body.readNBytes(MOST_OCTETS + 1);
                    return octets.length > MOST_OCTETS ? Optional.empty() : Optional.of(new Picture(type, octets));
                }
            });
        } catch (IOException | IllegalArgumentException unreachable) {
            LOG.debug("a picture of a mail can't be had: {}", unreachable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /** Names lead to public addresses alone, also after a redirect, and the address that was judged is the one that is used. */
    private static final class PublicAddresses implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            for (InetAddress address : found) {
                if (!isPublic(address)) {
                    throw new UnknownHostException("not a public address");
                }
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        boolean special = octets.length == 4
                ? first == 0
                        || first >= 224
                        || (first == 100 && second >= 64 && second < 128)
                        || (first == 198 && (second & 0xfe) == 18)
                        || (first == 192 && second == 0)
                : (first & 0xfe) == 0xfc
                        || first == 0
                        || (first == 0x20 && second == 0x02)
                        || (first == 0x20 && second == 0x01 && octets[2] == 0 && octets[3] == 0);
        return !special
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress();
    }
}
