package cz.digidig.storage.message;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.api.storage.RenderedMessage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Messages by id, for the protocol services. */
@RestController
@Tag(name = "Messages by id", description = "What the protocol services read; scope internal")
class MessageController implements MessageApi {
    private static final int SMALL = 256 << 10;
    private static final long AT_ONCE = 16L << 20;

    private final MessageStore messages;

    MessageController(MessageStore messages) {
        this.messages = messages;
    }

    private static void bound(List<String> ids, int most) {
        if (ids.size() > most) {
            throw new ProblemException(ErrorCode.INVALID, "At most " + most + " ids are taken at once");
        }
    }

    @Override
    @Operation(summary = "What IMAP FETCH needs of many messages")
    public List<RenderedMessage> rendered(@RequestBody List<String> ids) {
        bound(ids, MOST_RENDERED);
        return messages.rendered(ids);
    }

    @Override
    @Operation(summary = "What IMAP FETCH needs of one message")
    public RenderedMessage rendered(@PathVariable String id) {
        return messages.rendered(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such message"));
    }

    // Mapped below the interface's path, which holds for every method here.
    @GetMapping(path = "/{id}/raw", produces = "message/rfc822")
    @Operation(summary = "A message's octets as they came, or one range of them")
    void raw(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response)
            throws IOException {
        MessageStore.Location location = messages.locate(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such message"));
        RawOctets.send(
                location.size(),
                range,
                response,
                (offset, length, sink) -> messages.writeOctets(id, offset, length, sink));
    }

    @PostMapping(path = "/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(summary = "The octets of many messages: for each its length (8 octets, -1: unknown), then the octets")
    void rawOfMany(@RequestBody List<String> ids, HttpServletResponse response) throws IOException {
        bound(ids, MOST_RAW);
        Map<String, MessageStore.Location> locations = messages.locate(ids);
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        long total = 8L * ids.size();
        for (String id : ids) {
            MessageStore.Location location = locations.get(id);
            total += location == null ? 0 : location.size();
        }
        response.setContentLengthLong(total);
        OutputStream out = response.getOutputStream();
        for (int start = 0; start < ids.size(); ) {
            Map<String, MessageStore.Location> some = new HashMap<>();
            long octets = 0;
            int end = start;
            while (end < ids.size() && octets < AT_ONCE) {
                MessageStore.Location location = locations.get(ids.get(end));
                if (location != null && location.size() <= SMALL) {
                    some.put(ids.get(end), location);
                    octets += location.size();
                }
                end++;
            }
            Map<String, byte[]> small = messages.small(some);
            for (String id : ids.subList(start, end)) {
                write(id, locations.get(id), small.get(id), out);
            }
            start = end;
        }
    }

    private void write(String id, MessageStore.@Nullable Location location, byte @Nullable [] octets, OutputStream out)
            throws IOException {
        if (location == null) {
            out.write(ByteBuffer.allocate(8).putLong(-1).array());
            return;
        }
        out.write(ByteBuffer.allocate(8).putLong(location.size()).array());
        if (octets != null) {
            out.write(octets);
        } else {
            messages.writeOctets(id, 0, location.size(), out);
        }
    }

    /** Answers with all of some octets or with the first range that is asked for (RFC 9110 §14). */
    static final class RawOctets {
        private RawOctets() {}

        interface Source {
            void write(long offset, long length, OutputStream sink) throws IOException;
        }

        static void send(long size, @Nullable String range, HttpServletResponse response, Source source)
                throws IOException {
            long offset = 0;
            long length = size;
            response.setContentType("message/rfc822");
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, immutable, max-age=31536000");
            if (range != null && size > 0) {
                try {
                    HttpRange first = HttpRange.parseRanges(range).getFirst();
                    offset = first.getRangeStart(size);
                    length = first.getRangeEnd(size) - offset + 1;
                } catch (IllegalArgumentException e) {
                    offset = size;
                }
                if (offset >= size || length <= 0) {
                    response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                    response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
                    return;
                }
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + offset + "-" + (offset + length - 1) + "/" + size);
            }
            response.setContentLengthLong(length);
            source.write(offset, length, response.getOutputStream());
        }
    }
}
