package cz.digidig.client.export;

import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of export, and the file that is made while it is sent. */
@PageController
@RequestMapping("/settings/export")
class ExportController {
    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);

    private final Frame frame;
    private final Folders folders;
    private final MailboxExport export;
    private final MessageSource messages;

    ExportController(Frame frame, Folders folders, MailboxExport export, MessageSource messages) {
        this.frame = frame;
        this.folders = folders;
        this.export = export;
        this.messages = messages;
    }

    @GetMapping
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        frame.rail(person, language, model);
        return "pages/export";
    }

    /**
     * The file.
     *
     * @param folder the id of the only one that is wanted; empty: all of them
     */
    @GetMapping("/file")
    void file(
            @RequestParam(defaultValue = "") String folder,
            @RequestParam(name = "as", defaultValue = "ZIP") Archive.Kind kind,
            Locale language,
            HttpServletResponse response)
            throws IOException {
        List<Folder> all = folders.all(language);
        List<Folder> wanted = folder.isEmpty() ? all : List.of(Folders.find(all, folder));
        String name =
                folder.isEmpty() ? "mail" : ZipArchive.clean(wanted.getFirst().name(), "mail");
        response.setContentType(kind.type());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name + kind.suffix(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        try (Archive archive = kind.into(response.getOutputStream())) {
            try {
                export.write(wanted, archive);
            } catch (ServiceFailure | ProblemException broken) {
                // The answer has begun, so its status can't say it any more.
                LOG.warn("an export broke off: {}", broken.getMessage());
                archive.incomplete(messages.getMessage("export.incomplete", null, language));
            }
        }
    }
}
