package cz.digidig.common.client;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Puts the service's token on each request. It works below Spring's interceptors, which would hold whole bodies in
 * memory. A token that is refused is dropped, and the request is sent once more where its body can be.
 */
final class TokenExchange implements ExecChainHandler {
    private final ServiceToken token;

    TokenExchange(ServiceToken token) {
        this.token = token;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        String first = token.get();
        request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + first);
        ClassicHttpResponse response = chain.proceed(request, scope);
        // Without this header a 401 is about the credentials in the body, not about the token (RFC 6750 §3).
        if (response.getCode() != 401 || !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            return response;
        }
        token.drop(first);
        HttpEntity body = request.getEntity();
        if (body != null && !body.isRepeatable()) {
            return response;
        }
        response.close();
        request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
        return chain.proceed(request, scope);
    }
}
