package cz.digidig.common.client;

import org.jspecify.annotations.Nullable;

/** A call to another service did not succeed. */
public abstract sealed class ServiceFailure extends RuntimeException permits ServiceProblem, ServiceUnavailable {
    ServiceFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
