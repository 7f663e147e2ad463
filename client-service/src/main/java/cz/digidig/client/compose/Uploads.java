package cz.digidig.client.compose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * What comes along with the form.
 *
 * @param file those to be attached
 * @param picture those that stand in the text
 * @param cid the Content-IDs by which the text names the pictures, in their order
 */
record Uploads(
        @Nullable List<MultipartFile> file,
        @Nullable List<MultipartFile> picture,
        @Nullable List<String> cid) {
    /** With their octets. */
    List<MimeWriter.File> read() throws IOException {
        List<MimeWriter.File> files = new ArrayList<>();
        for (MultipartFile upload : file == null ? List.<MultipartFile>of() : file) {
            add(files, upload, "");
        }
        List<MultipartFile> pictures = picture == null ? List.of() : picture;
        for (int i = 0; i < pictures.size(); i++) {
            add(files, pictures.get(i), cid == null || i >= cid.size() ? "" : cid.get(i));
        }
        return files;
    }

    private static void add(List<MimeWriter.File> files, MultipartFile upload, String contentId) throws IOException {
        if (upload.isEmpty()) {
            return;
        }
        String name = upload.getOriginalFilename();
        String type = Optional.ofNullable(upload.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        files.add(new MimeWriter.File(
                name == null || name.isBlank() ? "file" : name.replaceAll("[\\p{Cntrl}\\\\/|]+", "_"),
                type.matches("[a-z0-9.+-]+/[a-z0-9.+-]+") ? type : "application/octet-stream",
                upload.getBytes(),
                Pictures.stands(type, contentId) ? contentId : ""));
    }
}
