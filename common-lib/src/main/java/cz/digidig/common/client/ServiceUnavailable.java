package cz.digidig.common.client;

import org.jspecify.annotations.Nullable;

/** The service could not be reached, broke off, took too long, or said that it is not able to serve: try later. */
public final class ServiceUnavailable extends ServiceFailure {
    public ServiceUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
