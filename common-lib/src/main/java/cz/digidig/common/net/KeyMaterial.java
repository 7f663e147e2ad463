package cz.digidig.common.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The files that hold the server's key and certificate chain. */
final class KeyMaterial {
    private static final Duration SELF_SIGNED_FOR = Duration.ofDays(3650);
    private static final String ALIAS = "server";

    private final Path keystore;
    private final Path password;
    private final Path certificates;
    private final Path key;
    private final Clock clock;

    KeyMaterial(Path pemFolder, Path dataFolder, Clock clock) {
        keystore = dataFolder.resolve("tls.p12");
        password = dataFolder.resolve("tls.password");
        certificates = pemFolder.resolve("tls.crt");
        key = pemFolder.resolve("tls.key");
        this.clock = clock;
    }

    /** Changes whenever one of the files does. */
    long stamp() throws IOException {
        long stamp = 0;
        for (Path file : new Path[] {keystore, password, certificates, key}) {
            stamp = 31 * stamp
                    + (Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file) : 0);
        }
        return stamp;
    }

    /** PEM files win over the keystore. */
    KeyStore load() throws IOException, GeneralSecurityException {
        if (Files.exists(certificates) && Files.exists(key)) {
            return loadPem();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keystore)) {
            store.load(file, password());
        }
        return store;
    }

    char[] password() throws IOException {
        return Files.exists(password) ? Files.readString(password).strip().toCharArray() : new char[0];
    }

    private KeyStore loadPem() throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (InputStream file = Files.newInputStream(certificates)) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .toArray(new Certificate[0]);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException(certificates.getFileName() + " holds no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, pemKey(), password(), chain);
        return store;
    }

    private PrivateKey pemKey() throws IOException, GeneralSecurityException {
        try (Reader text = Files.newBufferedReader(key, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(text)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            Object found = parser.readObject();
            while (found != null) {
                if (found instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                // "EC PARAMETERS" may stand before the key.
                found = parser.readObject();
            }
        }
        throw new GeneralSecurityException(key.getFileName() + " holds no unencrypted private key");
    }

    /** Makes a self-signed certificate where there is nothing yet. */
    void createIfMissing(String hostname) throws IOException, GeneralSecurityException {
        if (Files.exists(keystore) || (Files.exists(certificates) && Files.exists(key))) {
            return;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String passphrase = HexFormat.of().formatHex(secret);

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, pair.getPrivate(), passphrase.toCharArray(), new Certificate[] {
            selfSigned(hostname, pair, new BigInteger(64, random).add(BigInteger.ONE))
        });
        writePrivate(password, passphrase.getBytes(StandardCharsets.US_ASCII));
        java.io.ByteArrayOutputStream octets = new java.io.ByteArrayOutputStream();
        store.store(octets, passphrase.toCharArray());
        writePrivate(keystore, octets.toByteArray());
    }

    private static void writePrivate(Path file, byte[] octets) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, octets);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private X509Certificate selfSigned(String hostname, KeyPair pair, BigInteger serial)
            throws IOException, GeneralSecurityException {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, hostname)
                .build();
        Instant now = clock.instant();
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(GeneralName.dNSName, hostname));
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            serial,
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(SELF_SIGNED_FOR)),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.toArray(new GeneralName[0])))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }
}
