package cz.digidig.common.web;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A notice of what was done, shown once on the next page. Sessions keep it until then, wherever they are kept.
 *
 * @param good false: it did not work
 * @param key its message
 * @param arguments of the message
 * @param undo where a POST takes it back; null: it can't be taken back
 */
public record Toast(
        boolean good,
        String key,
        List<Object> arguments,
        @Nullable String undo) implements Serializable {
    /** The model attribute that the layout looks for. */
    public static final String ATTRIBUTE = "toast";

    public Toast {
        arguments = List.copyOf(arguments);
    }

    /** For the page that the redirect leads to. */
    public static void done(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Toast(true, key, List.of(arguments), null));
    }

    /** As {@link #done}, with a way back. */
    public static void undoable(RedirectAttributes redirect, String undo, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Toast(true, key, List.of(arguments), undo));
    }

    /** For what was refused or did not work. */
    public static void failed(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Toast(false, key, List.of(arguments), null));
    }
}
