package cz.digidig.identity.web;

import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import java.util.List;

/** Refuses one field of a request for a reason that no annotation can see. */
public final class Refusals {
    private Refusals() {}

    public static InvalidFields field(String name, String message) {
        return new InvalidFields(List.of(new FieldProblem(name, message)));
    }
}
