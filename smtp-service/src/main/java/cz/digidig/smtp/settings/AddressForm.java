package cz.digidig.smtp.settings;

import cz.digidig.common.net.Network;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A text is an address literal, or several by their prefix. */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = AddressForm.Check.class)
@interface AddressForm {
    /** What it may be. */
    enum Kind {
        IPV4_OR_EMPTY,
        IPV6_OR_EMPTY,
        /** An address of either kind, with or without {@code /prefix}. */
        NETWORK
    }

    Kind value();

    String message() default "not an address of this kind";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks at it, without asking any name server. */
    final class Check implements ConstraintValidator<AddressForm, String> {
        private Kind kind = Kind.NETWORK;

        @Override
        public void initialize(AddressForm form) {
            kind = form.value();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null) {
                return true;
            }
            return switch (kind) {
                case IPV4_OR_EMPTY -> text.isEmpty() || literal(text) instanceof Inet4Address;
                case IPV6_OR_EMPTY -> text.isEmpty() || literal(text) instanceof Inet6Address;
                case NETWORK -> Network.parse(text).isPresent();
            };
        }

        private static @Nullable InetAddress literal(String text) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                return null;
            }
        }
    }
}
