package cz.digidig.client.contacts;

import cz.digidig.client.mailbox.Frame;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of contacts. */
@PageController
@RequestMapping("/contacts")
class ContactsController {
    static final String NEW = "new";
    private static final int LARGEST_FILE = 10 << 20;
    private static final int MOST_SHOWN = 500;

    private final Contacts contacts;
    private final Frame frame;

    ContactsController(Contacts contacts, Frame frame) {
        this.contacts = contacts;
        this.frame = frame;
    }

    @GetMapping
    String list(
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String find,
            @RequestParam(defaultValue = "") String group,
            Locale language,
            Model model) {
        AddressBook book = contacts.of(person.accountId());
        Collator words = Collator.getInstance(language);
        List<Contact> found = (group.isEmpty() ? book.contacts() : book.group(group))
                .stream()
                        .filter(one -> find.isBlank() || one.matches(find))
                        .sorted(Comparator.comparing(Contact::shown, words))
                        .toList();
        frame.rail(person, language, model);
        model.addAttribute("contacts", found.subList(0, Math.min(MOST_SHOWN, found.size())));
        model.addAttribute("total", found.size());
        model.addAttribute("groups", book.groups());
        model.addAttribute("group", group);
        model.addAttribute("find", find);
        return "pages/contacts";
    }

    @GetMapping("/{id}")
    String edit(@AuthenticationPrincipal Person person, @PathVariable String id, Locale language, Model model) {
        return show(person, find(person, id), "", language, model);
    }

    private Contact find(Person person, String id) {
        return id.equals(NEW)
                ? Contact.EMPTY.as(NEW)
                : contacts.of(person.accountId())
                        .find(id)
                        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such contact"));
    }

    private String show(Person person, Contact contact, String problem, Locale language, Model model) {
        frame.rail(person, language, model);
        model.addAttribute("contact", contact);
        model.addAttribute("problem", problem);
        return "pages/contact";
    }

    @PostMapping("/{id}")
    String save(
            @AuthenticationPrincipal Person person,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String addresses,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String groups,
            Locale language,
            Model model,
            RedirectAttributes redirect) {
        Contact typed = new Contact(
                id,
                name,
                addresses.lines().toList(),
                phone,
                organisation,
                note.replace("\r\n", "\n"),
                Arrays.asList(groups.split("[,;]", -1)));
        String problem = problem(person, typed);
        if (!problem.isEmpty()) {
            return show(person, typed, problem, language, model);
        }
        find(person, id);
        Contact wanted = id.equals(NEW) ? typed.named() : typed;
        contacts.change(person.accountId(), book -> book.with(wanted));
        Toast.done(redirect, "contacts.saved", wanted.shown());
        return "redirect:/contacts";
    }

    private String problem(Person person, Contact typed) {
        if (typed.isEmpty()) {
            return "contacts.problem.empty";
        }
        if (!typed.addresses().stream().allMatch(one -> one.matches("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+"))) {
            return "contacts.problem.address";
        }
        boolean full = typed.id().equals(NEW) && contacts.of(person.accountId()).isFull();
        return full ? "contacts.problem.full" : "";
    }

    @PostMapping("/{id}/delete")
    String delete(@AuthenticationPrincipal Person person, @PathVariable String id, RedirectAttributes redirect) {
        Contact gone = find(person, id);
        contacts.change(person.accountId(), book -> book.without(id));
        Toast.done(redirect, "contacts.deleted", gone.shown());
        return "redirect:/contacts";
    }

    @PostMapping("/import")
    String read(@AuthenticationPrincipal Person person, @RequestParam MultipartFile file, RedirectAttributes redirect) {
        try {
            if (file.getSize() > LARGEST_FILE) {
                throw new IOException("it is larger than 10 MB");
            }
            List<Contact> found = ContactFiles.read(new String(file.getBytes(), StandardCharsets.UTF_8));
            int before = contacts.of(person.accountId()).contacts().size();
            int after = contacts.change(person.accountId(), book -> book.with(found))
                    .contacts()
                    .size();
            Toast.done(redirect, "contacts.imported", found.size(), after - before);
        } catch (IOException unreadable) {
            Toast.failed(redirect, "contacts.unreadable", String.valueOf(unreadable.getMessage()));
        }
        return "redirect:/contacts";
    }

    @GetMapping("/export")
    ResponseEntity<byte[]> write(@AuthenticationPrincipal Person person, @RequestParam(defaultValue = "vcf") String as)
            throws IOException {
        List<Contact> all = contacts.of(person.accountId()).contacts();
        boolean table = as.equals("csv");
        String text = table ? ContactFiles.toCsv(all) : ContactFiles.toVCards(all);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, table ? "text/csv;charset=utf-8" : "text/vcard;charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=contacts." + (table ? "csv" : "vcf"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
