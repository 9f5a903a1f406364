#ifndef S3CONN_TESTS_UNIT_SIGN_SIGNATURE_STAGES_H_
#define S3CONN_TESTS_UNIT_SIGN_SIGNATURE_STAGES_H_

#include "sign/signer.h"
#include "vector_file.h"

namespace s3conn {

// Compares what a signature was made of with a vector, stage by stage, so that a failure says which one
// broke.
void CheckStages(const Signature& signature, const SigningVector& vector);

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_SIGN_SIGNATURE_STAGES_H_
