package cz.digidig.common.rest;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with a JSON text in the words of whoever wrote it, without a class name. */
public final class JsonProblems {
    private JsonProblems() {}

    /** An {@link InvalidFields} for a field that is unknown or has a value that it can't have, else a {@link ProblemException}. */
    public static RuntimeException of(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                new InvalidFields(List.of(new FieldProblem(path(unknown), "there is no such field")));
            case InvalidFormatException format ->
                new InvalidFields(List.of(new FieldProblem(path(format), allowed(format))));
            case ValueInstantiationException refused ->
                new InvalidFields(List.of(new FieldProblem(path(refused), reason(refused))));
            case MismatchedInputException mismatch
            when !path(mismatch).isEmpty() ->
                new InvalidFields(List.of(new FieldProblem(path(mismatch), "a value of the wrong kind, or none")));
            case MismatchedInputException _ ->
                new ProblemException(
                        ErrorCode.MALFORMED, "the JSON text is missing or not of the kind that is expected here");
            case StreamReadException syntax ->
                new ProblemException(
                        ErrorCode.MALFORMED,
                        "not JSON: line " + syntax.getLocation().getLineNr() + ", column "
                                + syntax.getLocation().getColumnNr());
            default -> new ProblemException(ErrorCode.MALFORMED, "the JSON text could not be read");
        };
    }

    private static String allowed(InvalidFormatException format) {
        Class<?> type = format.getTargetType();
        if (type != null && type.isEnum()) {
            return "not one of the allowed values";
        }
        return "not a value of the right form";
    }

    /** A record's constructor says in its message what it does not take. */
    private static String reason(ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : "not an allowed value";
    }

    private static String path(DatabindException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
