package cz.digidig.smtp.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No two listeners have one name, no two that are enabled one address and port. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DistinctListeners.Check.class)
@interface DistinctListeners {
    String message() default "two listeners have the same name, or the same address and port";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares them. */
    final class Check implements ConstraintValidator<DistinctListeners, List<MailListener>> {
        /** Where one listens. */
        private record Place(String address, int port) {}

        @Override
        public boolean isValid(@Nullable List<MailListener> listeners, ConstraintValidatorContext context) {
            Set<String> names = new HashSet<>();
            Set<Place> places = new HashSet<>();
            return listeners == null
                    || listeners.stream()
                            .filter(Objects::nonNull)
                            .allMatch(listener -> names.add(listener.name())
                                    && (!listener.enabled()
                                            || listener.port() == 0
                                            || places.add(new Place(listener.address(), listener.port()))));
        }
    }
}
