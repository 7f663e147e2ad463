package cz.digidig.storage.listing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;

/** Answers with octets, or with the first range of them that is asked for (RFC 9110 §14); nothing in them may run. */
final class OctetAnswer {
    private OctetAnswer() {}

    /** Writes some of the octets. */
    @FunctionalInterface
    interface Source {
        void write(long offset, long length, OutputStream sink) throws IOException;
    }

    static void send(long size, String contentType, @Nullable String range, HttpServletResponse response, Source source)
            throws IOException {
        response.setContentType(contentType);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        long offset = 0;
        long length = size;
        if (range != null) {
            long[] bounds = bounds(range, size);
            if (bounds.length == 0) {
                response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                return;
            }
            offset = bounds[0];
            length = bounds[1] - offset + 1;
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + offset + "-" + bounds[1] + "/" + size);
        }
        response.setContentLengthLong(length);
        source.write(offset, length, response.getOutputStream());
    }

    /** First and last octet; empty: none of the octets there are. */
    private static long[] bounds(String range, long size) {
        try {
            HttpRange first = HttpRange.parseRanges(range).getFirst();
            long start = first.getRangeStart(size);
            long end = first.getRangeEnd(size);
            return start <= end && start < size ? new long[] {start, end} : new long[0];
        } catch (IllegalArgumentException | java.util.NoSuchElementException malformed) {
            return new long[0];
        }
    }
}
