package cz.digidig.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Admin}: one for all classes of the run, closed after the last. */
final class AdminExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Admin.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(AdminExtension.class))
                .computeIfAbsent(Admin.class, ignored -> start());
    }

    private static Admin start() {
        try {
            return Admin.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
