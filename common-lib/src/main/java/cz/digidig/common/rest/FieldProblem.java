package cz.digidig.common.rest;

/**
 * Why one field of a request was refused; a member of a problem detail's {@code errors}.
 *
 * @param field where it is, e.g. {@code listeners[0].port}; empty for the whole
 * @param message what is wrong with it
 */
public record FieldProblem(String field, String message) {}
