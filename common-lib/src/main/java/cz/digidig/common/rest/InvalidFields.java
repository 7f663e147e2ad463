package cz.digidig.common.rest;

import java.util.List;

/** Ends a request with 422 and a problem for each field. */
public final class InvalidFields extends RuntimeException {
    private final transient List<FieldProblem> problems;

    public InvalidFields(List<FieldProblem> problems) {
        super(problems.toString());
        this.problems = List.copyOf(problems);
    }

    public List<FieldProblem> problems() {
        return problems;
    }
}
