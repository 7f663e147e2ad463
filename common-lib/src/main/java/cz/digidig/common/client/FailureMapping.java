package cz.digidig.common.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;

/** What fails in a call and is no answer becomes {@link ServiceUnavailable}. */
final class FailureMapping extends HttpExchangeAdapterDecorator {
    private final Peer peer;

    FailureMapping(Peer peer, HttpExchangeAdapter calls) {
        super(calls);
        this.peer = peer;
    }

    private <R extends @Nullable Object> R mapped(Supplier<R> call) {
        try {
            return call.get();
        } catch (RestClientException broken) {
            throw new ServiceUnavailable(peer + " broke off: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void exchange(HttpRequestValues values) {
        this.<@Nullable Void>mapped(() -> {
            super.exchange(values);
            return null;
        });
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
        return mapped(() -> super.exchangeForHeaders(values));
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return this.<@Nullable T>mapped(() -> super.exchangeForBody(values, type));
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
        return mapped(() -> super.exchangeForBodilessEntity(values));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return mapped(() -> super.exchangeForEntity(values, type));
    }
}
