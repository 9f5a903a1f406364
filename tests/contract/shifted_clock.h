#ifndef S3CONN_TESTS_CONTRACT_SHIFTED_CLOCK_H_
#define S3CONN_TESTS_CONTRACT_SHIFTED_CLOCK_H_

#include <chrono>

#include "contract/contract_fixture.h"

namespace s3conn {

// The runs to come take the time of day to be so much later than it is, or earlier.
void ShiftClock(ContractProgram& program, std::chrono::minutes shift);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_SHIFTED_CLOCK_H_
