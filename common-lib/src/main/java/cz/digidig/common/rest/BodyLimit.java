package cz.digidig.common.rest;

import cz.digidig.common.api.problem.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Bounds bodies that are held in memory whole. Messages, which are streamed, have their own limit where they end. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class BodyLimit extends OncePerRequestFilter {
    private final RestProperties properties;
    private final JsonMapper json;

    BodyLimit(RestProperties properties, JsonMapper json) {
        this.properties = properties;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("message/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long most = most(request);
        String type = request.getContentType();
        // The server reads forms of several parts by itself, past any count here, up to what the page for uploads may
        // have.
        boolean uncounted = !properties.upload().path().isEmpty()
                && request.getContentLengthLong() < 0
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        if (request.getContentLengthLong() > most || uncounted) {
            response.setStatus(ErrorCode.TOO_LARGE.status().value());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(json.writeValueAsBytes(ErrorCode.TOO_LARGE.problem("the request's body is larger than "
                            + most + " octets" + (uncounted ? ", or does not say how large it is" : ""))));
            return;
        }
        boolean counted = request.getContentLengthLong() < 0 && type != null;
        chain.doFilter(counted ? new CountedRequest(request, most) : request, response);
    }

    private long most(HttpServletRequest request) {
        RestProperties.Upload upload = properties.upload();
        boolean uploads = !upload.path().isEmpty() && request.getRequestURI().equals(upload.path());
        return (uploads && isSignedIn(request) ? upload.maxBody() : properties.maxBody()).toBytes();
    }

    private static boolean isSignedIn(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) != null;
    }

    /** A request whose length was not announced. */
    private static final class CountedRequest extends HttpServletRequestWrapper {
        private final long most;
        private @Nullable ServletInputStream counted;

        CountedRequest(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream stream = counted;
            if (stream == null) {
                stream = new CountedInput(super.getInputStream(), most);
                counted = stream;
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    /** Ends with an exception one octet past the limit. */
    private static final class CountedInput extends ServletInputStream {
        private final ServletInputStream body;
        private final long most;
        private long read;

        CountedInput(ServletInputStream body, long most) {
            this.body = body;
            this.most = most;
        }

        private int count(int some) throws BodyTooLarge {
            read += Math.max(0, some);
            if (read > most) {
                throw new BodyTooLarge(most);
            }
            return some;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return count(body.read(into, offset, length));
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
