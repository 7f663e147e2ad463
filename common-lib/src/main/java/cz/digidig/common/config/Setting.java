package cz.digidig.common.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a form for a configuration needs to know of a component of its record, beside what {@link
 * io.swagger.v3.oas.annotations.media.Schema} and the validation annotations say.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Setting {
    /** The part of the form that it belongs to ({@code x-group}), its title; empty: its neighbour's. */
    String group() default "";

    /** What it is counted in ({@code x-unit}): {@code s}, {@code octets}. */
    String unit() default "";
}
