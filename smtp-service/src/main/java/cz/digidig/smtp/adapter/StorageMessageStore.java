package cz.digidig.smtp.adapter;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.storage.DeliveryResult;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.observability.Traces;
import cz.digidig.smtp.delivery.MessageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Puts mail into storage's mailboxes. */
final class StorageMessageStore implements MessageStore {
    private static final MediaType MESSAGE = MediaType.parseMediaType("message/rfc822");
    /** A smaller message goes as one piece, a larger one as a stream. */
    private static final int SMALL = 512 * 1024;

    private final RestClient storage;
    private final Traces traces;

    StorageMessageStore(RestClient storage, Traces traces) {
        this.storage = storage;
        this.traces = traces;
    }

    @Override
    public Outcome deliver(Delivery delivery, InputStream content) {
        Outcome[] outcome = {new Outcome.Trouble("nothing was tried")};
        traces.run(traces.begun(delivery.trace()), "deliver", () -> outcome[0] = post(delivery, content));
        return outcome[0];
    }

    private Outcome post(Delivery delivery, InputStream content) {
        try {
            DeliveryResult result = storage.post()
                    .uri(uri -> uri.path(MessageApi.DELIVERIES_PATH)
                            .queryParam("key", "{key}")
                            .queryParam("account", delivery.accounts())
                            .queryParams(place(delivery.place()))
                            .build(delivery.key()))
                    .contentType(MESSAGE)
                    .body(body(delivery, content))
                    .retrieve()
                    .body(DeliveryResult.class);
            return answered(delivery.accounts(), result);
        } catch (ServiceUnavailable down) {
            return new Outcome.Unavailable(String.valueOf(down.getMessage()));
        } catch (ServiceProblem problem) {
            return classify(delivery.accounts(), problem);
        } catch (IOException | RestClientException broken) {
            return new Outcome.Trouble("the delivery broke off");
        }
    }

    private static MultiValueMap<String, String> place(Place place) {
        return switch (place) {
            case INBOX -> new LinkedMultiValueMap<>();
            case JUNK -> new LinkedMultiValueMap<>(Map.of("use", List.of("Junk")));
            case SENT -> new LinkedMultiValueMap<>(Map.of("use", List.of("Sent"), "flags", List.of("\\Seen")));
        };
    }

    private static Object body(Delivery delivery, InputStream content) throws IOException {
        int head = delivery.head().length;
        if (delivery.length() <= SMALL) {
            byte[] whole = new byte[head + (int) delivery.length()];
            System.arraycopy(delivery.head(), 0, whole, 0, head);
            int read = content.readNBytes(whole, head, (int) delivery.length());
            if (read != delivery.length()) {
                throw new IOException("the message is shorter than the spool says");
            }
            return whole;
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(delivery.head()), content);
        return new InputStreamResource(whole) {
            @Override
            public long contentLength() {
                return head + delivery.length();
            }
        };
    }

    private static Outcome answered(List<String> accounts, @Nullable DeliveryResult result) {
        if (result == null) {
            return new Outcome.Trouble("storage gave no answer");
        }
        Map<String, Ending> endings = new HashMap<>();
        for (DeliveryResult.AccountResult one : result.results()) {
            endings.put(
                    one.account(),
                    switch (one.outcome()) {
                        case DELIVERED -> Ending.DELIVERED;
                        case OVER_QUOTA -> Ending.OVER_QUOTA;
                    });
        }
        return endings.keySet().containsAll(accounts)
                ? new Outcome.Answered(endings)
                : new Outcome.Trouble("storage did not answer for every account");
    }

    private static Outcome classify(List<String> accounts, ServiceProblem problem) {
        return switch (problem.code()) {
            case OVER_QUOTA -> all(accounts, Ending.OVER_QUOTA);
            case NOT_FOUND -> all(accounts, Ending.NO_ACCOUNT);
            case TOO_LARGE -> new Outcome.Refused("the message is too large");
            case ErrorCode other -> new Outcome.Trouble("storage answered " + problem.status());
        };
    }

    private static Outcome all(List<String> accounts, Ending ending) {
        Map<String, Ending> endings = new HashMap<>();
        accounts.forEach(account -> endings.put(account, ending));
        return new Outcome.Answered(endings);
    }
}
